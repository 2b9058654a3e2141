/**
 * Writes the times of a draft's banner in the time zone of whoever looks at it.
 * Without this script they are in UTC, and say so.
 */
const format = new Intl.DateTimeFormat("en-US", {
  year: "numeric",
  month: "long",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
});

for (const time of document.querySelectorAll(".draft-banner time")) {
  const moment = new Date(time.dateTime);
  if (!Number.isNaN(moment.getTime())) time.textContent = format.format(moment);
}
