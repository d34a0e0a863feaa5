import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'
import styles from './Face.module.css'

interface FaceProps {
  icon: IconName
  title: string
  text: string[]
  /** The one way out, or none. */
  children?: ComponentChildren
  /** An error is told at once to those who listen. */
  alert?: boolean
  /** Inside a screen that has a headline of its own. */
  inside?: boolean
}

/** A whole screen (or list) that has something to say instead of content: what it is, what stays true, one way out. */
export function Face({ icon, title, text, children, alert = false, inside = false }: FaceProps) {
  const Title = inside ? 'h2' : 'h1'
  const Place = inside ? 'div' : 'main'
  return (
    <Place class={inside ? styles.inside : styles.face}>
      <div class={styles.sign}>
        <Icon name={icon} size={22} />
      </div>
      <div role={alert ? 'alert' : undefined}>
        <Title class={styles.title}>{title}</Title>
        {text.map((line) => (
          <p key={line} class={styles.text}>
            {line}
          </p>
        ))}
      </div>
      {children}
    </Place>
  )
}
