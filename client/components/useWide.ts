import { useEffect, useState } from 'preact/hooks'

/** True while the window is at least this wide. The stylesheets that go with it change at the same width. */
export function useWide(leastPx: number): boolean {
  const [query] = useState(() => matchMedia(`(min-width: ${leastPx}px)`))
  const [wide, setWide] = useState(query.matches)
  useEffect(() => {
    const onChange = () => {
      setWide(query.matches)
    }
    query.addEventListener('change', onChange)
    return () => {
      query.removeEventListener('change', onChange)
    }
  }, [query])
  return wide
}
