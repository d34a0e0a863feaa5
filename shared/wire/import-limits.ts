/** The most bytes of a file the server takes; larger ones are for the command line (`rollbook people`). */
export const MOST_IMPORT_BYTES = 32 * 1024 * 1024
/** The header in which `ImportOptions` travel, as percent-encoded JSON: a file's name may hold a person's, so no address has it. */
export const IMPORT_OPTIONS_HEADER = 'Rollbook-Import'
/** The most meetings one question about where they would go may hold; a file with more is asked about in pieces. */
export const MOST_PREVIEWED = 2000
