/** What one call a request is measured against: the framework and nothing else. */
export function POST() {
  return Response.json({ accepted: 0, duplicates: 0, unpriced: 0, rejected: [] });
}
