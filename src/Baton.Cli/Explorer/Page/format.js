// Numbers and times in words. Times are UTC and ISO 8601 everywhere: these pages end up in evidence.

const numbers = new Intl.NumberFormat("en-US");
const shares = new Intl.NumberFormat("en-US", { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });

export const number = (value) => numbers.format(value);

export function count(value, one, many = `${one}s`) {
  return `${number(value)} ${value === 1 ? one : many}`;
}

export const share = (part, whole) => whole === 0 ? "" : part > 0 && part / whole < 0.001 ? "< 0.1%" : shares.format(part / whole);

export const day = (time) => time ? time.slice(0, 10) : "";

export const minute = (time) => time ? `${time.slice(0, 10)} ${time.slice(11, 16)} UTC` : "";

/** To the second, for syncs that follow each other. */
export const second = (time) => time ? `${time.slice(0, 10)} ${time.slice(11, 19)} UTC` : "";

/** How long before the sync, roughly. */
export function age(days) {
  if (days === null || days === undefined) {
    return "";
  }

  return days === 0 ? "same day"
    : days < 60 ? `${count(days, "day")} before`
    : days < 730 ? `${count(Math.round(days / 30.44), "month")} before`
    : `${count(Math.floor(days / 365.25), "year")} before`;
}

/** How long ago by the clock of whoever looks, roughly. Empty when that clock is behind. */
export function ago(time, now = Date.now()) {
  const hours = Math.floor((now - Date.parse(time)) / 3_600_000);
  return hours < 0 ? "" : hours < 1 ? "less than an hour ago" : hours < 48 ? `${count(hours, "hour")} ago` : `${count(Math.floor(hours / 24), "day")} ago`;
}

export function bytes(size) {
  const units = ["B", "KB", "MB", "GB"];
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit++;
  }

  return `${size < 10 && unit > 0 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

export const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);
