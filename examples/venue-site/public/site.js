// The venue's own sign-in: its server signs a token for the member, the feed asks for it when it needs one.
// (In this demo the member is always Maya. A real site would ask who you are.)
const account = document.querySelector('#account')
const feeds = document.querySelectorAll('venuekit-feed')
let member = null

const getToken = async () => {
  if (!member) return null
  const answer = await fetch('/session')
  return answer.ok ? (await answer.json()).token : null
}

const show = () => {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = member ? 'Sign out' : 'Sign in'
  button.addEventListener('click', () => (member ? signOut() : signIn()))
  account.replaceChildren(member ? `${member.name} ` : '', button)
  for (const feed of feeds) {
    feed.getToken = getToken
    feed.viewer = member
  }
}

const remember = value => {
  try {
    sessionStorage.setItem('net-loft-signed-out', value)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

const signIn = async () => {
  const answer = await fetch('/session')
  if (answer.ok) member = (await answer.json()).viewer
  remember('')
  show()
}

const signOut = () => {
  member = null
  remember('yes')
  show()
}

const signedOut = () => {
  try {
    return sessionStorage.getItem('net-loft-signed-out') === 'yes'
  } catch {
    return false
  }
}

for (const feed of feeds) {
  feed.addEventListener('venuekit-auth-required', event => {
    event.preventDefault()
    signIn()
  })
}

if (signedOut()) show()
else signIn()

// `?scheme=dark`, `?dir=rtl` and `?lang=ar` let one look at the page in other lights.
const look = new URLSearchParams(location.search)
if (look.has('scheme')) document.documentElement.dataset.scheme = look.get('scheme')
if (look.has('dir')) document.documentElement.dir = look.get('dir')
if (look.has('lang')) document.documentElement.lang = look.get('lang')

// The venue's pages are in English; tickets and talk speak more. A `lang` on a widget, or around it, is all it takes.
const languages = { en: 'English', de: 'Deutsch', es: 'Español', ar: 'العربية' }
const chooser = document.createElement('select')
chooser.className = 'language'
chooser.ariaLabel = 'Language of tickets and talk'
for (const [code, name] of Object.entries(languages)) {
  const option = new Option(name, code)
  option.lang = code
  chooser.append(option)
}
const chosen = document.documentElement.lang
chooser.value = chosen in languages ? chosen : 'en'
chooser.addEventListener('change', () => {
  for (const widget of document.querySelectorAll('venuekit-tickets, venuekit-feed, venuekit-button')) {
    widget.lang = chooser.value
  }
})
account.before(chooser)
