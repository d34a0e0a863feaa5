import { useId, useMemo } from 'preact/hooks'
import type { Policy, PolicyBase } from '../../../shared/wire/index.ts'
import { usePanel } from '../../context.ts'
import form from '../form.module.css'
import { Icon } from '../Icon.tsx'
import { Segmented } from '../Segmented.tsx'
import shared from '../shared.module.css'
import { TimeWindow } from '../TimeWindow.tsx'
import { Origin } from './Origin.tsx'
import { usePolicyWords, type RulesProps } from './usePolicy.ts'
import styles from './PolicySheet.module.css'

type Kind = 'actual' | 'first_guest' | 'scheduled' | 'window'

/** What 100 % is: as it was, from the first guest, as planned, or a window; what is taken out of it; on whose clock. */
export function BaseRules({ model, fixed }: RulesProps) {
  const { roster } = usePanel()
  const said = usePolicyWords()
  const base = model.standing('base').value
  const kind: Kind = base.kind === 'actual' && base.from === 'first_guest' ? 'first_guest' : base.kind
  const zone = model.standing('zone')
  const head = roster.head.value
  function choose(next: Kind): void {
    if (next === 'actual') model.set('base', { kind: 'actual', from: 'start' })
    else if (next === 'first_guest') model.set('base', { kind: 'actual', from: 'first_guest' })
    else if (next === 'scheduled') model.set('base', { kind: 'scheduled' })
    else model.set('base', windowAround(head?.startedAt ?? null, head?.endedAt ?? null, model.zoneOfTimes()))
  }
  return (
    <section>
      <Segmented
        label={said.base}
        value={kind}
        options={(['actual', 'first_guest', 'scheduled', 'window'] as const).map((value) => ({
          value,
          label: said.bases[value],
        }))}
        hint={said.baseSaid[kind]}
        disabled={fixed}
        onChange={choose}
      />
      {base.kind === 'window' ? (
        <TimeWindow
          value={base}
          words={said}
          disabled={fixed}
          onChange={(change) => {
            const next = { ...base, ...change }
            if (isClock(next.from) && isClock(next.to)) model.set('base', next)
          }}
        />
      ) : null}
      <Origin model={model} fixed={fixed} rule="base" name={said.base} />
      <Breaks model={model} fixed={fixed} />
      {base.kind === 'window' || model.standing('breaks').value.length > 0 || zone.own ? (
        <ZoneChoice model={model} fixed={fixed} />
      ) : null}
    </section>
  )
}

function Breaks({ model, fixed }: RulesProps) {
  const { roster } = usePanel()
  const said = usePolicyWords()
  const breaks = model.standing('breaks').value
  const put = (next: Policy['breaks']) => {
    model.set('breaks', next)
  }
  return (
    <>
      <h3 class={shared.caption}>{said.breaks}</h3>
      <p class={form.hint}>{breaks.length === 0 ? `${said.noBreaks} ${said.breaksSaid}` : said.breaksSaid}</p>
      {breaks.map((pause, index) => (
        <div key={index} class={styles.pause}>
          <TimeWindow
            value={pause}
            words={said}
            disabled={fixed}
            onChange={(change) => {
              const next = { ...pause, ...change }
              if (isClock(next.from) && isClock(next.to))
                put(breaks.map((one, at) => (at === index ? next : one)))
            }}
          />
          {fixed ? null : (
            <button
              type="button"
              class={shared.icon}
              aria-label={said.removeBreak(`${pause.from}–${pause.to}`)}
              onClick={() => {
                put(breaks.filter((_one, at) => at !== index))
              }}
            >
              <Icon name="close" size={14} />
            </button>
          )}
        </div>
      ))}
      {fixed || breaks.length >= 20 ? null : (
        <button
          type="button"
          class={`${shared.button} ${form.small} ${styles.add}`}
          onClick={() => {
            const head = roster.head.value
            put([...breaks, pauseWithin(head?.startedAt ?? null, head?.endedAt ?? null, model.zoneOfTimes())])
          }}
        >
          {said.addBreak}
        </button>
      )}
      <Origin model={model} fixed={fixed} rule="breaks" name={said.breaks} />
    </>
  )
}

function ZoneChoice({ model, fixed }: RulesProps) {
  const { exporting } = usePanel()
  const said = usePolicyWords()
  const id = useId()
  const { value } = model.standing('zone')
  const zones = useMemo(() => knownZones([value, exporting.zone]), [value, exporting.zone])
  return (
    <div class={styles.row}>
      <div class={styles.number}>
        <label for={id}>{said.zone}</label>
        <select
          id={id}
          class={form.select}
          value={value}
          disabled={fixed}
          onChange={({ currentTarget }) => {
            model.set('zone', currentTarget.value)
          }}
        >
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone}
            </option>
          ))}
        </select>
      </div>
      <Origin model={model} fixed={fixed} rule="zone" name={said.zone} />
    </div>
  )
}

/** Those in question first, then UTC, then all others there are; Safari knows them by name from 15.4 on only. */
function knownZones(first: readonly string[]): string[] {
  const all = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : []
  return [...new Set([...first, 'UTC', ...all])]
}

/** Until something is typed, the window is around the meeting looked at. */
function windowAround(startedAt: string | null, endedAt: string | null, zone: string): PolicyBase {
  return {
    kind: 'window',
    from: startedAt === null ? '09:00' : clockAt(Date.parse(startedAt), zone),
    to: endedAt === null ? '10:00' : clockAt(Date.parse(endedAt), zone),
  }
}

/** Ten minutes in the middle. */
function pauseWithin(
  startedAt: string | null,
  endedAt: string | null,
  zone: string,
): { from: string; to: string } {
  if (startedAt === null || endedAt === null) return { from: '12:00', to: '12:10' }
  const middleMs = (Date.parse(startedAt) + Date.parse(endedAt)) / 2
  return { from: clockAt(middleMs - 5 * 60_000, zone), to: clockAt(middleMs + 5 * 60_000, zone) }
}

/** What the clocks of a zone showed, as a field of time writes it. */
const clockAt = (ms: number, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, hour: '2-digit', minute: '2-digit' }).format(ms)

const isClock = (text: string): boolean => /^\d\d:\d\d$/.test(text)
