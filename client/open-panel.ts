import { mountPanel } from './main.tsx'

/** The page Zoom's client opens: the panel and nothing else. */
const root = document.getElementById('panel')
if (root !== null) void mountPanel(root)
