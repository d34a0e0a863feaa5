import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './Icon.tsx'
import styles from './Notice.module.css'

interface NoticeProps {
  tone: 'plain' | 'late' | 'alarm'
  icon: IconName
  title: string
  text?: string
  children?: ComponentChildren
}

/** Something to know above the list, which stays. */
export function Notice({ tone, icon, title, text, children }: NoticeProps) {
  return (
    <div class={`${styles.notice} ${styles[tone]}`} role={tone === 'alarm' ? 'alert' : 'status'}>
      <span class={styles.sign}>
        <Icon name={icon} />
      </span>
      <div class={styles.body}>
        <p class={styles.words}>
          <strong class={styles.title}>{title}</strong>
          {text === undefined ? null : <span> {text}</span>}
        </p>
        {children}
      </div>
    </div>
  )
}
