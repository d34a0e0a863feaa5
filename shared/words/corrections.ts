import type { CardFact, Cleaning, CorrectionAct } from '../wire/index.ts'
import { ruCorrections } from './corrections-ru.ts'
import { formatFor, NBSP } from './format.ts'
import type { Language } from './language.ts'

const { counted } = formatFor('en')

/** First-strong isolates keep a right-to-left name from reordering the sentence around it. */
const quoted = (text: string): string => `\u2068“${text}”\u2069`

const en = {
  loading: 'Loading the evidence',
  connections: (n: number) => counted(n, { one: 'connection', other: 'connections' }),
  seenBy: (witnesses: string) => `Seen by ${witnesses}.`,
  and: ' and ',
  witnesses: {
    webhook: 'Zoom’s messages',
    panel: 'the panel',
    report: 'Zoom’s report',
    import: 'an imported file',
  } satisfies Record<CardFact['witness'], string>,
  share: 'Share',
  /** Of what a share is told: percent, then the base. */
  shareOf: (percent: string, base: string) => `${percent} of ${base}`,
  labels: 'Labels',
  reached: 'Reached the minimum',
  notReached: 'Below the minimum',
  byHost: 'by the host',
  marks: { present: 'Present, says the host', absent: 'Absent, says the host' },
  corrected: 'corrected by the host',
  /** Nobody saw a stay end. */
  unseenEnd: (time: string) => `${time} or later`,
  rows: (n: number) => counted(n, { one: 'original row', other: 'original rows' }),
  moreRows: (n: number) => `and ${formatFor('en').count(n)} more`,
  times: (n: number) => `${formatFor('en').count(n)}${NBSP}times`,
  /** What a row or message says happened, by the code of its kind; others are shown as they are. */
  facts: {
    participant_joined: 'joined',
    participant_left: 'left',
    role_changed: 'new role',
    phone_bound: 'phone bound',
    panel_read: 'in the list',
    panel_change: 'list changed',
    email_shared: 'e-mail shared',
    report_row: 'row',
    import_row: 'row',
  } as Record<string, string>,
  proposals: 'Perhaps the same person',
  proposalReasons: {
    same_name: (value: string) => `Both carry the name ${quoted(value)}.`,
    name_fits: () => 'One name is part of the other, and their times fit.',
    same_key: () => 'Both share an identifier that also speaks against them: only you can say.',
    typed_email: () => 'The e-mail you gave one of them is the other’s.',
    alias: () => 'In another meeting of this number a host merged or renamed somebody of this name.',
  } as Record<string, (value: string) => string>,
  same: 'It is the same person',
  notSame: 'Not the same',
  cleanings: 'Tidier spelling',
  cleaned: (proposed: string) => `${quoted(proposed)}?`,
  cleaningReasons: {
    case: 'The name is all in capitals or all in small letters.',
    spaces: 'There are spaces too many.',
    original_name: 'An original name stands in brackets.',
    typo: 'This looks like a typing error.',
    syntax: 'This is no complete e-mail address.',
    role_address: 'This address belongs to an office rather than to one person.',
  } as Record<Cleaning['code'], string>,
  use: 'Use it',
  leave: 'Leave it',
  corrections: 'What the host changed',
  acts: {
    title: 'Correct',
    rename: 'Name',
    email: 'E-mail',
    label: 'Label',
    mark: 'Present or absent',
    merge: 'Merge with…',
    somebodyElse: 'This is somebody else',
    somebodyElseSaid: (connection: string) => `${connection}: this is somebody else`,
    save: 'Save',
    saving: 'Saving…',
    cancel: 'Cancel',
    noEmail: 'Remove the e-mail',
    name: 'Name on the list',
    nameHint: 'The name Zoom showed stays beside it.',
    emailHint: 'Typed by hand it joins nobody by itself.',
    labelHint: 'For instance a group, or “paid”.',
    present: 'Present',
    absent: 'Absent',
    reason: 'Reason',
    reasonHint: 'It is shown with the list. The minutes stay as they were.',
    everyone: 'All corrections',
  },
  merge: {
    title: 'Who is the same person?',
    explain: (name: string) => `${quoted(name)} and whom you choose become one person.`,
    search: 'Search by name or e-mail',
    clear: 'Clear search',
    list: 'People to merge with',
    nobody: 'Nobody matches',
    nobodyNext: 'Change the search.',
    alone: 'Nobody else is on the list',
    aloneNext: 'There is nobody to merge with.',
    back: 'Back',
  },
  done: {
    merge: 'Merged into one person.',
    split: 'Taken apart.',
    apart: 'Kept apart; this is not proposed again.',
    rename: 'Renamed.',
    email: 'E-mail saved.',
    label: 'Label added.',
    mark: 'Marked.',
  } satisfies Record<CorrectionAct['kind'], string>,
  undo: 'Undo',
  undoSaid: (what: string) => `Undo: ${what}`,
  undone: 'Taken back.',
  redo: 'Put back',
  redoSaid: (what: string) => `Put back: ${what}`,
  dismiss: 'Close this message',
  history: {
    title: 'Corrections',
    subtitle: 'What hosts changed in this list',
    empty: 'Nothing was corrected',
    emptyNext: 'Open a person to rename, merge, split or mark them. Each correction can be undone here.',
    loading: 'Loading the corrections',
    newer: 'Newer',
    older: 'Older',
    own: 'you',
    other: 'another host',
    undone: 'taken back',
    idle: 'Nobody on the list now is meant by it, so it changes nothing.',
    nobody: 'Nobody now',
  },
  pairs: {
    title: 'Who may be one person',
    subtitle: 'Nobody is joined before you say so',
    empty: 'Nobody seems to be there twice',
    emptyNext: 'You can still open a person and merge them with another.',
    loading: 'Comparing the people',
    /** Under the pairs that are shown. */
    more: (n: number) =>
      `and ${counted(n, { one: 'more pair', other: 'more pairs' })}, shown as you answer these`,
    before: 'Back',
    after: 'Further',
  },
  tidying: {
    title: 'Tidier spellings',
    subtitle: 'Nothing is changed before you say so',
    empty: 'Names and addresses are tidy',
    emptyNext: 'You can still open a person and correct their name or e-mail.',
    loading: 'Looking at names and addresses',
    more: (n: number) => `and ${formatFor('en').count(n)} more, shown as you answer these`,
    before: 'Back',
    after: 'Further',
    /** A small mark on the address of an office. */
    role: 'Office',
  },
  /** One correction as a sentence without its person. */
  said(act: CorrectionAct): string {
    switch (act.kind) {
      case 'merge':
        return 'Several are one person'
      case 'split':
        return `${counted(act.connections.length, { one: 'connection is', other: 'connections are' })} somebody else`
      case 'apart':
        return 'Two are not the same person'
      case 'rename':
        return `Name: ${quoted(act.name)}`
      case 'email':
        return act.email === null ? 'E-mail removed' : `E-mail: ${act.email}`
      case 'label':
        return `Label: ${quoted(act.label)}`
      case 'mark':
        return `${act.mark === 'present' ? 'Present' : 'Absent'}: ${quoted(act.reason)}`
    }
  },
}
export type CorrectionWords = typeof en

/** The words of the evidence card, of what a host can correct in it, and of the history of corrections. */
export function correctionWords(language: Language): CorrectionWords {
  return language === 'ru' ? ruCorrections : en
}
