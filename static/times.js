// Tells times by the reader's own clock too, beside those of where something takes place. Pages work without this file.
// Nothing is stored or sent: the zone is the device's own.
const language = document.documentElement.lang;
// As the server writes them: the day first in English, 24 hours, European digits.
const locale = `${language === "en" ? "en-GB" : language}-u-nu-latn`;
const DAY = { day: "numeric", month: "long", year: "numeric" };
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

// What stands between a day and a time, and between a zone's name and its distance from UTC.
const COMMA = { ar: "، ", "zh-hans": "、" }[language] ?? ", ";
const AND = { en: COMMA, ar: COMMA }[language] ?? " ";
const format = (moment, options) => new Intl.DateTimeFormat(locale, options).format(moment);

// Minutes of the device's clock from UTC, and of the clock by which an ISO moment is written.
const away = (moment) => -moment.getTimezoneOffset();
const written = (iso) => {
  const [, sign, hours, minutes] = iso.match(/([+-])(\d\d):(\d\d)$/) ?? [null, "+", "0", "0"];
  return (sign === "-" ? -1 : 1) * (60 * Number(hours) + Number(minutes));
};

function zoneName(moment) {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: "long" }).formatToParts(moment);
  const name = parts.find((part) => part.type === "timeZoneName").value;
  const minutes = away(moment);
  const rest = Math.abs(minutes) % 60;
  const hours = Math.floor(Math.abs(minutes) / 60);
  const offset = minutes ? `UTC${minutes < 0 ? "−" : "+"}${hours}${rest ? `:${String(rest).padStart(2, "0")}` : ""}` : "UTC";
  return /\d/.test(name) || !minutes ? offset : name + COMMA + offset;
}

for (const place of document.querySelectorAll("[data-when]")) {
  const yours = place.querySelector("[data-yours]");
  const isos = [...place.querySelectorAll("time")].map((time) => time.dateTime);
  const moments = isos.map((iso) => new Date(iso));
  if (!yours || moments.some((moment) => isNaN(moment))) continue;
  // Where both clocks show the same, once is enough.
  if (moments.every((moment, i) => away(moment) === written(isos[i]))) continue;
  const days = moments.map((moment) => format(moment, DAY));
  const theirs = isos.map((iso) => format(new Date(`${iso.slice(0, 10)}T12:00`), DAY));
  const oneDay = new Set(days).size === 1;
  const named = !oneDay || days.some((day, i) => day !== theirs[i]);
  const told = moments.map((moment, i) => (named && !(oneDay && i) ? days[i] + AND : "") + format(moment, TIME));
  const times = told.join(oneDay ? "–" : " – ");
  yours.textContent = `— ${yours.dataset.yours.replace("{times}", times).replace("{zone}", zoneName(moments.at(-1)))}`;
  yours.hidden = false;
}
