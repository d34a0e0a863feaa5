import type { ComponentChildren, Ref } from 'preact'
import { useId } from 'preact/hooks'
import styles from './SettingsScreen.module.css'

interface SectionProps {
  title: string
  children: ComponentChildren
  /** For a section that takes the focus when a button in it has gone. */
  heading?: Ref<HTMLHeadingElement>
}

/** One matter: its name, then what can be done about it; side by side where there is room. */
export function Section({ title, children, heading }: SectionProps) {
  const id = useId()
  return (
    <section class={styles.section} aria-labelledby={id}>
      <h2 id={id} class={styles.heading} tabIndex={-1} {...(heading === undefined ? {} : { ref: heading })}>
        {title}
      </h2>
      <div class={styles.content}>{children}</div>
    </section>
  )
}
