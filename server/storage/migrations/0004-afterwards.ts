/** After the meeting: co-host decisions, requests for access, gatherings joined and kept apart. */
export const afterwards = ''
