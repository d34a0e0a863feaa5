import { useSignal, type ReadonlySignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/**
 * Takes files dropped anywhere on the page while the component is there: beside the list the browser would open them and
 * leave the panel. The signal tells that one hovers.
 */
export function useFileDrop(onFiles: (files: readonly File[]) => void): ReadonlySignal<boolean> {
  const hovering = useSignal(false)
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files') !== true) return
      event.preventDefault()
      hovering.value = true
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) hovering.value = false
    }
    const drop = (event: DragEvent): void => {
      const files = [...(event.dataTransfer?.files ?? [])]
      hovering.value = false
      if (files.length === 0) return
      event.preventDefault()
      onFiles(files)
    }
    document.addEventListener('dragover', over)
    document.addEventListener('dragleave', leave)
    document.addEventListener('drop', drop)
    return () => {
      document.removeEventListener('dragover', over)
      document.removeEventListener('dragleave', leave)
      document.removeEventListener('drop', drop)
    }
  }, [])
  return hovering
}
