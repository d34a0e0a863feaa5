import { sdkApis, sdkEvents } from '../../shared/wire/sdk-capabilities.ts'
import { events, scopeFor, scopesOf } from './capabilities.ts'

/**
 * The app as Zoom sees it, for one public address: it runs in meetings and webinars, and is added by each user or, as an
 * app of its own, by an administrator for the account.
 *
 * The object is what the Marketplace's "upload manifest" takes; its REST endpoint wants it wrapped as `{manifest}`.
 * Zoom takes no deauthorization address in a manifest: that is typed into the app's page (`<publicUrl>/webhooks/zoom`).
 *
 * @param publicUrl https address of this server, without a slash at its end
 * @see https://developers.zoom.us/docs/build-flow/manifests/
 */
export function appManifest(publicUrl: string, profile: 'user' | 'account'): Record<string, unknown> {
  const asked = scopesOf(profile).map(({ scope, use }) => ({ ...use, scope: scopeFor(scope, profile) }))
  const redirectUri = `${publicUrl}/oauth/callback`
  const homeUri = `${publicUrl}/`
  const webhookUrl = `${publicUrl}/webhooks/zoom`
  return {
    display_information: {
      display_name: 'Rollbook',
      description:
        'Who was really there? Attendance of your meetings, live in the meeting and provable afterwards.',
      long_description:
        'Rollbook shows the host and co-hosts who is in the meeting, who waited, who came and went and when, and writes ' +
        'the list to a file. It keeps the list even while its panel is closed.',
    },
    oauth_information: {
      usage: profile === 'user' ? 'USER_OPERATION' : 'ADMIN_MANAGEMENT',
      development_redirect_uri: redirectUri,
      production_redirect_uri: redirectUri,
      // The panel's own address too, exactly as the client opens it: consent inside Zoom is asked for from there.
      oauth_allow_list: [redirectUri, homeUri],
      strict_mode: true,
      subdomain_strict_mode: true,
      scopes: asked.map(({ scope, optional }) => ({ scope, optional })),
      scope_description: asked.map(({ scope, why }) => `${scope}: ${why}`).join('\n'),
    },
    features: {
      products: ['ZOOM_MEETING', 'ZOOM_WEBINAR'],
      development_home_uri: homeUri,
      production_home_uri: homeUri,
      domain_allow_list: [{ domain: new URL(publicUrl).host, explanation: 'Serves the panel and its data.' }],
      in_client_feature: {
        zoom_app_api: { enable: true, zoom_app_apis: [...sdkApis, ...sdkEvents] },
        guest_mode: { enable: false, enable_test_guest_mode: false },
        in_client_oauth: { enable: true },
        collaborate_mode: { enable: false, enable_screen_sharing: false, enable_play_together: false },
      },
      event_subscription: {
        enable: true,
        events: [
          {
            subscription_id: 'attendance',
            subscription_name: 'Attendance',
            event_usage: profile === 'user' ? 'EVENT_FOR_USER' : 'EVENT_FOR_ADMIN',
            event_types: Object.keys(events),
            development_webhook_url: webhookUrl,
            production_webhook_url: webhookUrl,
            development_event_custom_header: null,
            production_event_custom_header: null,
          },
        ],
      },
    },
  }
}
