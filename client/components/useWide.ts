import { useEffect, useState } from 'preact/hooks'

/** True from 700 px: then the list is a table. The stylesheets change at the same width. */
export function useWide(): boolean {
  const [query] = useState(() => matchMedia('(min-width: 700px)'))
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
