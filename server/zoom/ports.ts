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
}

/** Tokens as kept. `dead`: Zoom's code when it refused them for good; nothing is asked with them again. */
export interface KeptTokens extends ZoomTokens {
  dead: string | null
}

/** Tokens of one member, shared by all processes. Implemented beside `TokenStore` in storage. */
export interface TokenCupboard {
  /** Null when this member never authorised, or the app was removed. */
  find(who: TokenHolder): Promise<KeptTokens | null>
  /**
   * Replaces tokens that are `stale` by what `refresh` gets for their refresh token, holding the member's row meanwhile:
   * of several processes with the same stale token one asks Zoom and the others get its answer. What Zoom gave is
   * committed before it is returned. When `refresh` throws, nothing changes and the row is free again.
   */
  renew(
    who: TokenHolder,
    staleAccessToken: string,
    refresh: (refreshToken: string) => Promise<ZoomTokens>,
  ): Promise<KeptTokens | null>
  /** Remembers that Zoom refused these very tokens for good; newer ones are not touched. */
  bury(who: TokenHolder, accessToken: string, code: string): Promise<void>
}
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

/** State of a web authorisation between leaving for Zoom and coming back. Kept sealed; used once. */
export interface OAuthFlows {
  begin(input: { stateHash: string; verifier: string; expiresAtMs: number }): Promise<void>
  /** Returns the verifier and forgets the flow; null when unknown, used or expired. */
  finish(input: { stateHash: string; nowMs: number }): Promise<{ verifier: string } | null>
}
