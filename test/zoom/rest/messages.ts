/** What Zoom's REST API says when it refuses, in the authorising user's language. Codes never change with it. */
export type Words = Record<'en' | 'es', string>

export const messages = {
  noScope: (wanted: readonly string[]): Words => ({
    en: `Invalid access token, does not contain scopes:[${wanted.join(', ')}].`,
    es: `Token de acceso no válido, no contiene los ámbitos:[${wanted.join(', ')}].`,
  }),
  invalidToken: { en: 'Invalid access token.', es: 'Token de acceso no válido.' },
  noUser: { en: 'User does not exist.', es: 'El usuario no existe.' },
  noMeeting: (id: string): Words => ({
    en: `Meeting does not exist: ${id}.`,
    es: `La reunión no existe: ${id}.`,
  }),
  noWebinar: { en: 'Webinar does not exist.', es: 'El seminario web no existe.' },
  notYours: {
    en: 'Cannot access meeting information.',
    es: 'No se puede acceder a la información de la reunión.',
  },
  webinarInfo: {
    en: 'Cannot access webinar info.',
    es: 'No se puede acceder a la información del seminario web.',
  },
  badWebinarId: { en: 'Invalid webinar ID.', es: 'ID de seminario web no válido.' },
  noPermission: { en: 'No permission.', es: 'Sin permiso.' },
  noWebinarPlan: {
    en: 'Webinar plan is missing. You must subscribe to the webinar plan and enable webinars for this user in order to perform this action.',
    es: 'Falta el plan de seminarios web. Debe suscribirse a él y activarlo para este usuario para realizar esta acción.',
  },
  noRegistration: (id: string): Words => ({
    en: `This webinar doesn't have registration required: ${id}.`,
    es: `Este seminario web no requiere inscripción: ${id}.`,
  }),
  noPastWebinar: (id: string): Words => ({
    en: `Webinar ${id} not found or expired.`,
    es: `El seminario web ${id} no se encuentra o ha caducado.`,
  }),
  noOccurrence: (id: string): Words => ({
    en: `The request could not be completed because you have provided an invalid occurrence ID: ${id}.`,
    es: `No se pudo completar la solicitud porque el ID de la sesión no es válido: ${id}.`,
  }),
  badPageToken: {
    en: 'The next page token is invalid or expired.',
    es: 'El token de la página siguiente no es válido o ha caducado.',
  },
  notValid: { en: 'Validation Failed.', es: 'Error de validación.' },
  longAction: {
    en: 'Invalid action. The maximum length of the value is 256.',
    es: 'Acción no válida. La longitud máxima del valor es 256.',
  },
  tooMany: {
    en: 'You have reached the maximum per-second rate limit for this API. Try again later.',
    es: 'Ha alcanzado el límite máximo de frecuencia por segundo de esta API. Inténtelo más tarde.',
  },
  broken: { en: 'Internal error.', es: 'Error interno.' },
  asOrdered: { en: 'Refused.', es: 'Rechazado.' },
} satisfies Record<string, Words | ((...values: never[]) => Words)>
