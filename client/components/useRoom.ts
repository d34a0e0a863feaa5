import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'

/** True while the element is at least this wide: a list beside another has less room than the window. */
export function useRoom(element: RefObject<HTMLElement | null>, leastPx: number): boolean {
  const [roomy, setRoomy] = useState(false)
  useLayoutEffect(() => {
    const target = element.current
    if (target === null) return
    const look = () => {
      setRoomy(target.clientWidth >= leastPx)
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(target)
    return () => {
      observer.disconnect()
    }
  }, [element, leastPx])
  return roomy
}
