/** Authorisation and the wide view: tokens that died, sessions of the system browser. */
export const authorisation = ''
