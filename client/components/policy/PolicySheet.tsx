import { useEffect, useMemo } from 'preact/hooks'
import { problemWords, type Language } from '../../../shared/words/index.ts'
import type { PolicySheetWords } from '../../../shared/words/policy-sheet.ts'
import type { PolicyScope } from '../../../shared/wire/index.ts'
import { usePanel, useWords } from '../../context.ts'
import type { PanelProblem } from '../../models/api.ts'
import { createCorrectionsApi } from '../../models/corrections-api.ts'
import { createPolicyModel, type PolicyModel } from '../../models/policy.ts'
import { useCorrecting } from '../corrections/useCorrecting.ts'
import form from '../form.module.css'
import { Notice } from '../Notice.tsx'
import { Segmented } from '../Segmented.tsx'
import { Sheet } from '../Sheet.tsx'
import shared from '../shared.module.css'
import { Unread } from '../Unread.tsx'
import { BaseRules } from './BaseRules.tsx'
import { LabelRules } from './LabelRules.tsx'
import { MinimumRule, WhatIfCard } from './MinimumRule.tsx'
import { ThresholdRules } from './ThresholdRules.tsx'
import { usePolicyWords } from './usePolicy.ts'
import styles from './PolicySheet.module.css'

/** What 100 % is, who passes, who is late, which labels there are: for this meeting, for its number, for everything. */
export function PolicySheet({ onClose }: { onClose: () => void }) {
  const panel = usePanel()
  const correcting = useCorrecting()
  const said = usePolicyWords()
  const model = useMemo(
    () =>
      createPolicyModel({
        api: createCorrectionsApi(panel.parts.api),
        session: panel.session,
        zone: panel.exporting.zone,
      }),
    [panel],
  )
  const head = panel.roster.head.value
  const [gatheringId, topic] = [head?.id ?? null, head?.topic ?? null]
  useEffect(() => {
    if (gatheringId === null) return
    model.open(gatheringId)
    correcting.askRights(gatheringId)
  }, [model, correcting, gatheringId])
  const read = model.read.value
  const fixed = !correcting.mayManage.value
  return (
    <Sheet
      title={said.title}
      {...(topic === null ? {} : { subtitle: topic })}
      onClose={onClose}
      {...(fixed || read.status !== 'ready' ? {} : { footer: <Saving model={model} /> })}
    >
      {read.status !== 'ready' ? (
        <Unread read={read} loading={said.loading} onTryAgain={model.refresh} />
      ) : (
        <>
          {fixed ? <p class={form.hint}>{said.readOnly}</p> : null}
          <WhatIfCard model={model} fixed={fixed} />
          {fixed ? null : <ScopeChoice model={model} hasNumber={read.answer.parts.number !== null} />}
          <MinimumRule model={model} fixed={fixed} />
          <BaseRules model={model} fixed={fixed} />
          <ThresholdRules model={model} fixed={fixed} />
          <LabelRules key={model.scope.value} model={model} fixed={fixed} />
        </>
      )}
    </Sheet>
  )
}

function ScopeChoice({ model, hasNumber }: { model: PolicyModel; hasNumber: boolean }) {
  const said = usePolicyWords()
  const scope = model.scope.value
  const scopes: PolicyScope[] = hasNumber
    ? ['gathering', 'number', 'installation']
    : ['gathering', 'installation']
  return (
    <Segmented
      label={said.scope}
      value={scope}
      options={scopes.map((value) => ({ value, label: said.scopes[value] }))}
      hint={said.scopeSaid[scope]}
      onChange={model.choose}
    />
  )
}

function noticeOf(trouble: PanelProblem, language: Language, said: PolicySheetWords) {
  if (trouble === 'conflict') return { title: said.changedMeanwhile.what, text: said.changedMeanwhile.next }
  const { what, why, next } = problemWords(trouble, language)
  return { title: what, text: `${why} ${next}` }
}

/** What is not saved yet, what was, and what kept it from being. */
function Saving({ model }: { model: PolicyModel }) {
  const { language } = useWords()
  const said = usePolicyWords()
  const [working, trouble, done] = [model.working.value, model.trouble.value, model.done.value]
  const changed = model.changed.value
  const problem = trouble === null ? null : noticeOf(trouble, language, said)
  return (
    <>
      {problem === null ? null : (
        <div class={styles.trouble}>
          <Notice tone="alarm" icon="warning" title={`${problem.title}.`} text={problem.text} />
        </div>
      )}
      <p class={styles.state} role="status">
        {changed ? said.unsaved : done === null ? '' : done === 'saved' ? said.saved : said.undone}
      </p>
      {changed ? (
        <button type="button" class={shared.button} onClick={model.discard}>
          {said.discard}
        </button>
      ) : done === 'saved' ? (
        <button type="button" class={shared.button} aria-disabled={working} onClick={() => void model.undo()}>
          {said.undo}
        </button>
      ) : null}
      <button
        type="button"
        class={`${shared.button} ${shared.main}`}
        disabled={!changed}
        aria-disabled={working}
        onClick={() => void model.save()}
      >
        {working ? said.saving : said.save}
      </button>
    </>
  )
}
