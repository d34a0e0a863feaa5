import type { Desk, FileToRead, Overview } from '../../../client/drop/desk.ts'
import { portalFile } from '../../support/portal-files.ts'
import type { PortalOptions, PortalVariant } from '../../support/portal-rows.ts'

/** A file as the page hands it to the Worker. */
export function fileOf(variant: PortalVariant, options: PortalOptions = {}): FileToRead {
  const { name, bytes } = portalFile(variant, 'en', options)
  return { id: name, name, file: new Blob([new Uint8Array(bytes)]), columns: null, dates: null }
}

export const textFile = (name: string, text: string): FileToRead => ({
  ...{ id: name, name, file: new Blob([text]), columns: null, dates: null },
})

/** The same for a person's hands. */
export const droppedFile = (variant: PortalVariant, options: PortalOptions = {}): File => {
  const { name, bytes } = portalFile(variant, 'en', options)
  return new File([new Uint8Array(bytes)], name, { lastModified: 1 })
}

/** Reads files that can be read. */
export async function gathered(desk: Desk, files: readonly FileToRead[], zone = 'UTC'): Promise<Overview> {
  const gathering = await desk.gather(files, zone)
  if ('refused' in gathering) throw new Error(JSON.stringify(gathering.refused))
  return gathering.overview
}

/** A file that can be looked at `times` times and then is gone, as the browser has it. */
export function vanishing(file: File, times: number): File {
  let opened = 0
  const gone = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        controller.error(new DOMException('The file could not be read.', 'NotReadableError'))
      },
    })
  const stream = () => (++opened > times ? gone() : File.prototype.stream.call(file))
  return Object.defineProperty(file, 'stream', { value: stream })
}

/** Everybody on the list now, by name. */
export const namesOn = async (desk: Desk): Promise<string[]> =>
  (await desk.rows(0, 1000)).map(({ name }) => name)

/** Lets everything that only waits for other promises, files among them, come to its end. */
export async function settled(isDone: () => boolean): Promise<void> {
  for (let turns = 0; turns < 2000 && !isDone(); turns++) await new Promise((next) => setTimeout(next, 1))
}
