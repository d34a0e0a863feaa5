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

/** State of a web authorisation between leaving for Zoom and coming back. Kept sealed; used once. */
export interface OAuthFlows {
  begin(input: { stateHash: string; verifier: string; expiresAtMs: number }): Promise<void>
  /** Returns the verifier and forgets the flow; null when unknown, used or expired. */
  finish(input: { stateHash: string; nowMs: number }): Promise<{ verifier: string } | null>
}
