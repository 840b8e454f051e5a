import { createPageClient } from './client/createPageClient.ts'
import { createTabNews } from './model/createTabNews.ts'
import { mountPage } from './mountPage.tsx'

const root = document.getElementById('page')
const baseUrl = new URL('ops/', location.href).href
if (root) mountPage(root, createPageClient({ baseUrl, fetch: (...request) => fetch(...request) }), createTabNews())
