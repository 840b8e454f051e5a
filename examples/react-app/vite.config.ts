import react from '@vitejs/plugin-react'
import { defaultClientConditions, defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  // This workspace's own sources; an app that installs the package needs no such line.
  resolve: { conditions: ['@venuekit/source', ...defaultClientConditions] },
})
