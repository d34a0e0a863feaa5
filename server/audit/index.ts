/**
 * Who did what, never about whom: the port and the shape of an entry. Storage keeps it append-only; nothing here writes
 * names, addresses or tokens. Start with `ports.ts`.
 */
export * from './ports.ts'
