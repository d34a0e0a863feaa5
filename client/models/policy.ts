import { batch, computed, signal, type ReadonlySignal } from '@preact/signals'
import { defaultPolicy } from '../../shared/wire/default-policy.ts'
import type { Policy, PolicyAnswer, PolicyPart, PolicyScope } from '../../shared/wire/index.ts'
import { ApiProblem, type PanelProblem } from './api.ts'
import type { Read } from './correcting.ts'
import type { CorrectionsApi } from './corrections-api.ts'
import type { SessionModel } from './session.ts'

export type Rule = keyof Policy
/** Where a rule comes from that is not set in the scope looked at; `default`: nobody set it. */
export type Source = Exclude<PolicyScope, 'gathering'> | 'default'

/** A rule as it stands in the scope looked at. */
export interface Standing<Value> {
  value: Value
  /** Set here, not taken from above. */
  own: boolean
  source: Source
}

export interface PolicyModel {
  read: ReadonlySignal<Read<PolicyAnswer>>
  scope: ReadonlySignal<PolicyScope>
  /** What would be saved differs from what is. */
  changed: ReadonlySignal<boolean>
  working: ReadonlySignal<boolean>
  trouble: ReadonlySignal<PanelProblem | null>
  /** `saved` can be undone, `undone` was. */
  done: ReadonlySignal<'saved' | 'undone' | null>
  open(gatheringId: string): void
  refresh(): Promise<void>
  /** Looks at the rules of another scope; what was not saved is left. */
  choose(scope: PolicyScope): void
  standing<Name extends Rule>(rule: Name): Standing<Policy[Name]>
  /** In which zone a time of day typed now is meant. */
  zoneOfTimes(): string
  set<Name extends Rule>(rule: Name, value: Policy[Name]): void
  /** As the scope above says again. */
  inherit(rule: Rule): void
  discard(): void
  /** Where somebody else changed the same part meanwhile (`conflict`), theirs are read, and what was typed stays on top of them. */
  save(): Promise<void>
  undo(): Promise<void>
}

/** Rules in which times of day are typed: they mean nothing without a zone. */
const timed: readonly Rule[] = ['base', 'breaks', 'labels']
const above: Record<PolicyScope, readonly Exclude<PolicyScope, 'gathering'>[]> = {
  gathering: ['number', 'installation'],
  number: ['installation'],
  installation: [],
}

/** The rules of one gathering, its number and everything, as they are and as the host would have them. */
export function createPolicyModel({
  api,
  session,
  zone,
}: {
  api: Pick<CorrectionsApi, 'policy' | 'changePolicy'>
  session: Pick<SessionModel, 'call'>
  /** The reader's: what a time of day typed here is meant in, until a zone is set. */
  zone: string
}): PolicyModel {
  const read = signal<Read<PolicyAnswer>>({ status: 'loading' })
  const scope = signal<PolicyScope>('gathering')
  const draft = signal<PolicyPart>({})
  const working = signal(false)
  const trouble = signal<PanelProblem | null>(null)
  const done = signal<'saved' | 'undone' | null>(null)
  let gathering: string | null = null
  let before: { scope: PolicyScope; part: PolicyPart } | null = null

  const partOf = (one: PolicyScope): PolicyPart =>
    read.value.status === 'ready' ? (read.value.answer.parts[one] ?? {}) : {}
  const revisionOf = (one: PolicyScope): string =>
    read.value.status === 'ready' ? (read.value.answer.revisions[one] ?? '') : ''
  const changed = computed(
    () => JSON.stringify(ordered(draft.value)) !== JSON.stringify(ordered(partOf(scope.value))),
  )

  function take(answer: PolicyAnswer): void {
    batch(() => {
      read.value = { status: 'ready', answer }
      draft.value = partOf(scope.value)
    })
  }

  async function refresh(): Promise<void> {
    const mine = gathering
    if (mine === null) return
    if (read.value.status === 'failed') read.value = { status: 'loading' }
    try {
      const answer = await session.call((token) => api.policy(token, mine))
      if (mine === gathering) take(answer)
    } catch (error) {
      if (mine === gathering) read.value = { status: 'failed', code: codeOf(error) }
    }
  }

  async function send(
    change: { scope: PolicyScope; part: PolicyPart },
    then: 'saved' | 'undone',
  ): Promise<void> {
    const mine = gathering
    if (mine === null || working.value) return
    const was = { scope: change.scope, part: partOf(change.scope) }
    batch(() => {
      working.value = true
      trouble.value = null
    })
    try {
      const basedOn = revisionOf(change.scope)
      const answer = await session.call(
        (token) => api.changePolicy(token, mine, { ...change, basedOn }),
        'fresh',
      )
      if (mine !== gathering) return
      before = was
      batch(() => {
        scope.value = change.scope
        take(answer)
        done.value = then
      })
    } catch (error) {
      if (mine !== gathering) return
      trouble.value = codeOf(error)
      if (trouble.value === 'conflict') await catchUp(mine)
    } finally {
      working.value = false
    }
  }

  /** Reads what others made of the rules, and leaves on top what is not saved yet. */
  async function catchUp(mine: string): Promise<void> {
    const [was, typed] = [partOf(scope.value), draft.value]
    try {
      const answer = await session.call((token) => api.policy(token, mine))
      if (mine !== gathering) return
      // What it was before somebody else's change is nothing to go back to.
      before = null
      batch(() => {
        take(answer)
        draft.value = onTopOf(partOf(scope.value), was, typed)
        done.value = null
      })
    } catch (error) {
      if (mine === gathering) trouble.value = codeOf(error)
    }
  }

  function sourced<Name extends Rule>(rule: Name): { value: Policy[Name]; source: Source } {
    for (const one of above[scope.value]) {
      const value = partOf(one)[rule]
      if (value !== undefined) return { value: value as Policy[Name], source: one }
    }
    const value = defaultPolicy[rule]
    return { value, source: 'default' }
  }

  const isUnzoned = () => draft.value.zone === undefined && sourced('zone').source === 'default'

  return {
    ...{ read, scope, changed, working, trouble, done, refresh },
    open(gatheringId) {
      gathering = gatheringId
      before = null
      batch(() => {
        read.value = { status: 'loading' }
        scope.value = 'gathering'
        draft.value = {}
        trouble.value = null
        done.value = null
      })
      void refresh()
    },
    choose(next) {
      batch(() => {
        scope.value = next
        draft.value = partOf(next)
        trouble.value = null
        done.value = null
      })
    },
    standing<Name extends Rule>(rule: Name): Standing<Policy[Name]> {
      const own = draft.value[rule]
      const from = sourced(rule)
      return own === undefined
        ? { ...from, own: false }
        : { value: own as Policy[Name], own: true, source: from.source }
    },
    zoneOfTimes: () => (isUnzoned() ? zone : (draft.value.zone ?? sourced('zone').value)),
    set(rule, value) {
      const zoned = timed.includes(rule) && isUnzoned() ? { zone } : {}
      done.value = null
      draft.value = { ...draft.value, ...zoned, [rule]: value }
    },
    inherit(rule) {
      done.value = null
      draft.value = Object.fromEntries(Object.entries(draft.value).filter(([name]) => name !== rule))
    },
    discard() {
      trouble.value = null
      draft.value = partOf(scope.value)
    },
    save: () => send({ scope: scope.value, part: draft.value }, 'saved'),
    async undo() {
      if (before !== null) await send(before, 'undone')
    },
  }
}

/** Of two parts that came from the same one, the other's, with every rule that was typed here in the place of theirs. */
function onTopOf(theirs: PolicyPart, was: PolicyPart, typed: PolicyPart): PolicyPart {
  const rules = Object.keys({ ...theirs, ...was, ...typed }) as Rule[]
  const isTyped = (rule: Rule): boolean => JSON.stringify(was[rule]) !== JSON.stringify(typed[rule])
  return Object.fromEntries(
    rules.flatMap((rule) => {
      const value = (isTyped(rule) ? typed : theirs)[rule]
      return value === undefined ? [] : [[rule, value]]
    }),
  )
}

const ordered = (part: PolicyPart): [string, unknown][] =>
  Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))

const codeOf = (error: unknown): PanelProblem => (error instanceof ApiProblem ? error.code : 'unexpected')
