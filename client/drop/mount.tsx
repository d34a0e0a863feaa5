import { effect, type Signal } from '@preact/signals'
import { render } from 'preact'
import { dropWords } from '../../shared/words/drop.ts'
import type { Language } from '../../shared/words/index.ts'
import { SpeechContext } from '../context.ts'
import { copyText } from '../models/clipboard.ts'
import { DropContext } from './context.ts'
import { Drop } from './Drop.tsx'
import { connectDesk, type DeskWorker } from './messages.ts'
import { createDropModel } from './model.ts'

/**
 * Mounts the part of the home page that reads files. Everything it needs came with it, its Worker too: from now on the page
 * asks nobody for anything. `page` is told by a class when there are files, so that the text makes room.
 */
export function mountDrop(root: HTMLElement, page: HTMLElement, language: Signal<Language>): void {
  const spare = { worker: startWorker() as DeskWorker | null }
  const model = createDropModel({
    start(onProgress) {
      // The first one is ready before the first file is dropped.
      const worker = spare.worker ?? startWorker()
      spare.worker = null
      return connectDesk(worker, onProgress)
    },
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    language,
    copy: copyText,
    save: (file) => {
      saveAs(file, dropWords(language.value).save.file)
    },
  })
  effect(() => {
    page.classList.toggle('busy', model.files.value.length > 0)
  })
  root.textContent = ''
  render(
    <SpeechContext.Provider value={{ language, zone: model.zone }}>
      <DropContext.Provider value={model}>
        <Drop />
      </DropContext.Provider>
    </SpeechContext.Provider>,
    root,
  )
}

/** Built as a classic script: Safari knows Workers of modules from 15 on only. */
const startWorker = (): DeskWorker => new Worker(new URL('./worker.ts', import.meta.url))

function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // Not at once: some browsers begin to read only after this task.
  setTimeout(() => {
    URL.revokeObjectURL(link.href)
  }, 60_000)
}
