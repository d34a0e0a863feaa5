import shared from './shared.module.css'

/** The head of a list whose columns need no names for the eye. */
export function ColumnNames({ names }: { names: readonly string[] }) {
  return (
    <div role="rowgroup" class={shared.hidden}>
      <div role="row" aria-rowindex={1}>
        {names.map((name) => (
          <div key={name} role="columnheader">
            {name}
          </div>
        ))}
      </div>
    </div>
  )
}
