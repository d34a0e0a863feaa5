export interface ZoomTokens {
  accessToken: string
  refreshToken: string
  /** Epoch ms. */
  expiresAtMs: number
  scopes: string[]
}

export interface TokenStore {
  /** Creates or finds the installation this authorisation covers and replaces the member's tokens in one step. */
  install(input: {
    profile: 'user' | 'account'
    zoomUserId: string
    zoomAccountId: string
    tokens: ZoomTokens
    nowMs: number
  }): Promise<{ installationId: string; memberId: string; created: boolean }>
  /**
   * Notes, before Zoom is told, that this member asked here to leave (false takes the note back): Zoom's own news may remove
   * before `remove` does, and the audit log then says all the same who asked.
   */
  noteLeaving(who: TokenHolder, leaving: boolean): Promise<void>
  /** Undoes it as when Zoom tells that the app was removed: see `removeUser` in storage. Again changes nothing more. */
  remove(who: TokenHolder): Promise<void>
}

/** Tokens as kept. `dead`: Zoom's code when it refused them for good; nothing is asked with them again. */
export interface KeptTokens extends ZoomTokens {
  dead: string | null
}

/** Tokens of one member, shared by all processes. Implemented beside `TokenStore` in storage. */
export interface TokenCupboard {
  /** Null when this member never authorised, or the app was removed. */
  find(who: TokenHolder): Promise<KeptTokens | null>
  /** Of whoever installed it: in an account, the administrator whose consent counts for everybody. */
  ofInstaller(installationId: string): Promise<KeptTokens | null>
  /**
   * Replaces tokens that are `stale` by what `refresh` gets for their refresh token, holding the member's row meanwhile:
   * of several processes with the same stale token one asks Zoom and the others get its answer. What Zoom gave is
   * committed before it is returned; `dead` is remembered in the same step. When `refresh` throws, nothing changes and the
   * row is free again. `busy`: another process held the row longer than Zoom may take to answer; try later.
   */
  renew(
    who: TokenHolder,
    staleAccessToken: string,
    refresh: (refreshToken: string) => Promise<Refreshed>,
  ): Promise<KeptTokens | 'busy' | null>
  /** Remembers that Zoom refused these very tokens for good; newer ones are not touched. */
  bury(who: TokenHolder, accessToken: string, code: string): Promise<void>
}
/** What Zoom gives for a refresh token; `dead`: its code when it refuses this grant for good. */
export type Refreshed = ZoomTokens | { dead: string }
export interface TokenHolder {
  installationId: string
  memberId: string
}

/**
 * Calls Zoom as a member. Tokens about to expire are renewed first, and once more when Zoom says 124; then the call is
 * repeated once. Never loops.
 *
 * @throws ZoomError kind `reconnect` when there are no tokens or they are dead; whatever `use` throws
 */
export type CallAs = <Answer>(
  who: TokenHolder,
  use: (accessToken: string) => Promise<Answer>,
) => Promise<Answer>

/**
 * Something begun that somebody else comes back with, known by a one-time value. `web`: an authorisation in a browser.
 * `in_client`: one inside the Zoom client, begun by the panel of this Zoom user. `welcome`: the first panel after it.
 */
export type OAuthFlow =
  | { kind: 'web'; verifier: string }
  | { kind: 'in_client'; verifier: string; zoomUserId: string }
  | { kind: 'welcome' }

/** Flows between leaving for Zoom and coming back. Kept sealed; each ends once. */
export interface OAuthFlows {
  begin(input: { stateHash: string; flow: OAuthFlow; expiresAtMs: number }): Promise<void>
  /** Returns the flow and forgets it; null when it is unknown, used, expired or of another kind. */
  finish<Kind extends OAuthFlow['kind']>(input: {
    kind: Kind
    stateHash: string
    nowMs: number
  }): Promise<Extract<OAuthFlow, { kind: Kind }> | null>
}
