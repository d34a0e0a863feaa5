/** Reports: what is due when, what was read, and the raw pages until they are no longer needed. */
export const reports = ''
