import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import { dropWords, type DropWords } from '../../shared/words/drop.ts'
import { useWords } from '../context.ts'
import type { DropModel } from './model.ts'

/** The one model of the page that reads files; set in mount.tsx, read by its components. */
export const DropContext = createContext<DropModel | null>(null)

/** @throws when a component stands outside the page that reads files */
export function useDrop(): DropModel {
  const model = useContext(DropContext)
  if (model === null) throw new Error('a component of the file page was mounted without its model')
  return model
}

/** What this page says, in the language chosen now. */
export const useDropWords = (): DropWords => dropWords(useWords().language)
