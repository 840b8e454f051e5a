/**
 * Guards that no test can miss, because without them the same happens: `kind: name`, and why.
 * One that a test kills after all is an error too, so that the list stays short.
 */
export const allowedSurvivors: Record<string, string> = {
  'order: feed.find_media_fault (2)': 'its rows stand in that order already, for the window that finds a second video',
  'order: venuekit.expose_api (1)': 'its rows stand in that order already, as they were counted',
  'order: venuekit.list_jobs (2)': 'its rows stand in that order already, as they were given',
  'order: venuekit.run_roll_up_sales': 'of those who lock several events, one is at it at a time',
  'order: ticketing.audit_events (3)': 'its rows stand in that order already, for the window that adds places up',
}
