import { usePanel } from '../../context.ts'
import { createAuthorizing, type AuthorizingModel } from '../../models/authorizing.ts'
import type { PanelModel } from '../../models/panel.ts'

/** One for each panel, whichever screen asks: a consent under way outlives the button that began it. */
const made = new WeakMap<PanelModel, AuthorizingModel>()

export function useAuthorizing(): AuthorizingModel {
  const panel = usePanel()
  const known = made.get(panel)
  if (known !== undefined) return known
  const authorizing = make(panel)
  made.set(panel, authorizing)
  return authorizing
}

/** Without a session the exchange of a fresh proof tells whether the server knows the consent; with one the settings do. */
function make({ parts: { zoom, api }, session, settings, tryAgain }: PanelModel): AuthorizingModel {
  const isReady = () => session.state.value.status === 'ready'
  return createAuthorizing({
    zoom,
    api,
    async isConnected() {
      if (!isReady()) {
        await api.exchange(await zoom.appContext())
        return true
      }
      const { connection } = await session.call((token) => api.settings(token))
      return connection.state === 'connected'
    },
    async onConnected() {
      if (isReady()) return settings.refresh()
      await tryAgain()
      session.welcome.value = true
    },
  })
}
