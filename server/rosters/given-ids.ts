import { assignIds, type Person } from '../../shared/attendance/index.ts'
import type { SystemViewer } from '../access/viewer.ts'
import type { PeopleIds, PersonAnchor } from './ports.ts'

/** The ids of one gathering's people: minted at first sight, kept by their anchors, aliases noted. */
export class GivenIds {
  private readonly stored: PeopleIds
  private readonly viewer: SystemViewer
  private anchors: PersonAnchor[] | null = null
  /** Alias → the id that survived. */
  private readonly aliases = new Map<string, string>()

  constructor(stored: PeopleIds, viewer: SystemViewer) {
    this.stored = stored
    this.viewer = viewer
  }

  /** The id under which whoever had this one is found now: its own, or that of whom they turned out to be. */
  current(personId: string): string {
    return this.aliases.get(personId) ?? personId
  }

  async give(gatheringId: string, people: readonly Person[]): Promise<Map<Person, string>> {
    this.anchors ??= await this.stored.anchors(this.viewer, gatheringId)
    let assigned = assignIds(people, this.anchors)
    if (assigned.unassigned.length > 0) {
      const minted = await this.stored.mint(
        this.viewer,
        gatheringId,
        assigned.unassigned.map(({ anchorKey }) => anchorKey),
      )
      this.anchors = [...this.anchors, ...minted]
      assigned = assignIds(people, this.anchors)
    }
    const news = assigned.aliases.filter(({ aliasId, personId }) => this.aliases.get(aliasId) !== personId)
    if (news.length > 0) await this.stored.recordAliases(this.viewer, gatheringId, news)
    const own = new Set(assigned.ids.values())
    const undone = [...this.aliases.keys()].filter((id) => own.has(id))
    if (undone.length > 0) await this.stored.forgetAliases(this.viewer, gatheringId, undone)
    this.aliases.clear()
    for (const { aliasId, personId } of assigned.aliases) this.aliases.set(aliasId, personId)
    return assigned.ids
  }
}
