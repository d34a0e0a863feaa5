/** The part of the process log that storage uses; pino fits it. Never given a name, an address, a token or a body. */
export interface StorageLog {
  info(detail: Record<string, unknown>, message: string): void
  warn(detail: Record<string, unknown>, message: string): void
  error(detail: Record<string, unknown>, message: string): void
}
