import { Component, h, type ComponentChild, type FunctionComponent } from 'preact'

/** Renders again only when a property is another one; signals read inside still update on their own. */
export function memo<Props extends object>(Inner: FunctionComponent<Props>): FunctionComponent<Props> {
  class Memo extends Component<Props> {
    override shouldComponentUpdate(next: Props): boolean {
      const now = this.props as Record<string, unknown>
      return Object.entries(next).some(([name, value]) => now[name] !== value)
    }
    override render(): ComponentChild {
      return h(Inner, this.props)
    }
  }
  return Memo as unknown as FunctionComponent<Props>
}
