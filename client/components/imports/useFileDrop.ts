import { useSignal, type ReadonlySignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { filesIn } from '../../reading/hands.ts'

/**
 * Takes files dropped anywhere on the page while the component is there, those in folders included: beside the list the browser
 * would open them and leave the panel. None from an empty folder. The signal tells that one hovers.
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
      const brought = event.dataTransfer
      hovering.value = false
      if (brought?.types.includes('Files') !== true) return
      event.preventDefault()
      void filesIn(brought).then(onFiles)
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
