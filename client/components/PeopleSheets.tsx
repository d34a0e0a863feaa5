import type { Signal } from '@preact/signals'
import { Toast } from './corrections/Toast.tsx'
import { lazily } from './lazy.tsx'
import type { OpenSheet } from './PeopleScreen.tsx'
import styles from './PeopleScreen.module.css'

const PersonSheet = lazily(
  async () => (await import('./PersonSheet.tsx')).PersonSheet,
  () => null,
)
const ExportSheet = lazily(
  async () => (await import('./ExportSheet.tsx')).ExportSheet,
  () => null,
)
const CorrectionsSheet = lazily(
  async () => (await import('./corrections/CorrectionsSheet.tsx')).CorrectionsSheet,
  () => null,
)
const ProposalsSheet = lazily(
  async () => (await import('./corrections/ProposalsSheet.tsx')).ProposalsSheet,
  () => null,
)
const TidyingSheet = lazily(
  async () => (await import('./corrections/TidyingSheet.tsx')).TidyingSheet,
  () => null,
)
const WaysSheet = lazily(
  async () => (await import('./policy/WaysSheet.tsx')).WaysSheet,
  () => null,
)
const PolicySheet = lazily(
  async () => (await import('./policy/PolicySheet.tsx')).PolicySheet,
  () => null,
)

interface PeopleSheetsProps {
  open: Signal<OpenSheet>
  mayReadEmails: boolean
  onClose: () => void
}

/** What every list of people has to lay over itself; without any of it, what was just corrected and can be undone. */
export function PeopleSheets({ open, mayReadEmails, onClose }: PeopleSheetsProps) {
  const shown = open.value
  switch (shown?.sheet) {
    case undefined:
      return (
        <div class={styles.toast}>
          <Toast />
        </div>
      )
    case 'export':
      return <ExportSheet onClose={onClose} mayReadEmails={mayReadEmails} />
    case 'ways':
      return (
        <WaysSheet
          onOpen={(sheet) => {
            open.value = sheet
          }}
          onClose={onClose}
        />
      )
    case 'rules':
      return <PolicySheet onClose={onClose} />
    case 'corrections':
      return <CorrectionsSheet onClose={onClose} />
    case 'proposals':
      return (
        <ProposalsSheet
          onOpen={(id) => {
            open.value = { sheet: 'person', id, back: 'proposals' }
          }}
          onClose={onClose}
        />
      )
    case 'tidying':
      return (
        <TidyingSheet
          onOpen={(id) => {
            open.value = { sheet: 'person', id, back: 'tidying' }
          }}
          onClose={onClose}
        />
      )
    case 'person':
      return (
        <PersonSheet
          id={shown.id}
          onFollow={(id) => {
            open.value = { ...shown, id }
          }}
          onHistory={() => {
            open.value = { sheet: 'corrections' }
          }}
          onClose={onClose}
        />
      )
    default:
      return null
  }
}
