import type { ExportRequest, MemberRole } from '../../shared/wire/index.ts'

/** A one-time link: what to write for whom. Stored sealed under the installation's key; the id itself is kept only as a hash. */
export interface LinkRecord {
  installationId: string
  memberId: string
  gatheringId: string
  request: ExportRequest
  mayReadEmails: boolean
  /** What the session behind it had proved: whether that still suffices is asked again at every use of the link. */
  proved: { role: MemberRole; gatheringId: string | null; admin: boolean }
  expiresAtMs: number
}

export interface ExportLinks {
  create(input: { idHash: string; record: LinkRecord }): Promise<void>
  /** Looks without using up (a link scanner's GET changes nothing). Null when unknown, used or expired. */
  peek(idHash: string, nowMs: number): Promise<LinkRecord | null>
  /** Uses the link up and starts a ticket; null when somebody was first or it expired. */
  startTicket(input: {
    idHash: string
    ticketHash: string
    nowMs: number
    ticketExpiresAtMs: number
  }): Promise<LinkRecord | null>
  findTicket(ticketHash: string, nowMs: number): Promise<LinkRecord | null>
}
