interface ImportMetaEnv {
  readonly VITE_API_URL: string
  readonly VITE_PUBLISHABLE_KEY: string
  readonly VITE_FEED_ID: string
}
