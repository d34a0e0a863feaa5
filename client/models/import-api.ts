import { IMPORT_OPTIONS_HEADER } from '../../shared/wire/import-limits.ts'
import type {
  ImportAnswer,
  ImportItem,
  ImportList,
  ImportOptions,
  ImportPreview,
  ImportPreviewRequest,
} from '../../shared/wire/index.ts'
import { answerWith, ApiProblem, readProblem, type Api } from './api.ts'
import { upload } from './upload.ts'

/** The server's part in handing a file in. Every call rejects with `ApiProblem` and nothing else. */
export interface ImportApi {
  /** Where meetings of a file would go; no name is sent. */
  preview(token: string, request: ImportPreviewRequest): Promise<ImportPreview>
  /** Hands a file in; `onPart` hears how much of it has gone, 0 to 1. */
  send(
    token: string,
    file: Blob,
    options: ImportOptions,
    onPart: (part: number) => void,
  ): Promise<ImportAnswer>
  undo(token: string, importId: string): Promise<void>
  /** The latest first. */
  list(token: string): Promise<ImportItem[]>
}

export function createImportApi({ request, proofOf }: Pick<Api, 'request' | 'proofOf'>): ImportApi {
  return {
    async preview(token, asked) {
      const headers = { 'Content-Type': 'application/json' }
      const init = { method: 'POST', body: JSON.stringify(asked), headers }
      return answerWith<ImportPreview>(await request(token, '/api/imports/preview', init), ['meetings'])
    },
    async send(token, file, options, onPart) {
      const headers = {
        ...proofOf(token),
        [IMPORT_OPTIONS_HEADER]: encodeURIComponent(JSON.stringify(options)),
      }
      const response = await upload('/api/imports', file, headers, onPart).catch((cause: unknown) => {
        throw new ApiProblem('offline', null, cause)
      })
      if (!response.ok) throw await readProblem(response)
      return answerWith<ImportAnswer>(response, ['id', 'outcome', 'rows', 'people', 'gatherings'])
    },
    async undo(token, importId) {
      await request(token, `/api/imports/${encodeURIComponent(importId)}`, { method: 'DELETE' })
    },
    async list(token) {
      return (await answerWith<ImportList>(await request(token, '/api/imports', {}), ['items'])).items
    },
  }
}
