/** Who is signed in on the page, as far as the page knows: what the server believes is in the token. */
export interface Viewer {
  id: string
  name: string
  avatarUrl?: string | null
}
