/** Under a symbol of this name and its version, each loader leaves its importer on the page. */
export const embedKey = 'venuekit.embed.'
