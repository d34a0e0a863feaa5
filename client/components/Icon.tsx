export type IconName =
  | 'settings'
  | 'close'
  | 'back'
  | 'search'
  | 'info'
  | 'warning'
  | 'flag'
  | 'here'
  | 'people'
  | 'plug'
  | 'lock'
  | 'clock'
  | 'none'
  | 'drop'
  | 'file'

interface IconProps {
  name: IconName
  size?: number
}

/** A drawn sign beside words, never instead of them; screen readers pass over it. */
export function Icon({ name, size = 16 }: IconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.4"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  )
}

const paths: Record<IconName, string> = {
  settings:
    'M2 4.5h6M12 4.5h2M2 11.5h2M8 11.5h6M10 2.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4M6 9.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4',
  close: 'M4 4l8 8M12 4l-8 8',
  back: 'M10 3L5 8l5 5',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9M10.5 10.5l3 3',
  info: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M8 7.3v3.6M8 5.1v.1',
  warning: 'M8 2.2l6.2 11H1.8zM8 6.6v3M8 11.4v.1',
  clock: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M8 4.6V8l2.4 1.5',
  drop: 'M8 2.2v7.5M4.9 6.6L8 9.7l3.1-3.1M2.4 10.4v3.4h11.2v-3.4',
  file: 'M4 1.8h5.2L12.6 5v9.2H4zM9 1.9V5.2h3.5',
  none: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8M5 8h6',
  flag: 'M4 14V2.5M4 3h7.5L9.8 5.8 11.5 8.6H4',
  here: 'M3 8.5l3.2 3.2L13 5',
  people:
    'M6 3a2.3 2.3 0 1 1 0 4.6A2.3 2.3 0 0 1 6 3M1.8 13c.3-2.4 2-3.6 4.2-3.6s3.9 1.2 4.2 3.6M10.6 3.2a2.2 2.2 0 0 1 0 4.2M12 9.8c1.3.5 2.1 1.6 2.3 3.2',
  plug: 'M5.5 2v3M10.5 2v3M3.8 5h8.4v2.2a4.2 4.2 0 0 1-8.4 0zM8 11.4V14',
  lock: 'M4 7.2h8V13H4zM5.6 7.2V5.3a2.4 2.4 0 0 1 4.8 0v1.9',
}
