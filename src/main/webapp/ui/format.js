// Numbers for people. Every function takes what the server sends: milliseconds, bytes, counts.

const grouped = new Intl.NumberFormat('en-US');

export const NONE = '–';

export const count = (value) => (value == null || value < 0 ? NONE : grouped.format(Math.round(value)));

/** 1234567 as 1.23 M: where there is little room. */
export function compact(value) {
  if (value == null) return NONE;
  for (const [limit, unit] of [[1e9, 'G'], [1e6, 'M'], [1e3, 'k']]) {
    if (Math.abs(value) >= limit) return `${significant(value / limit)} ${unit}`;
  }
  return value < 10 && value !== Math.round(value) ? value.toFixed(1) : String(Math.round(value));
}

const significant = (value) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

export function duration(millis) {
  if (millis == null || millis < 0 || Number.isNaN(millis)) return NONE;
  if (millis < 1) return millis === 0 ? '0 ms' : `${millis.toFixed(1)} ms`;
  if (millis < 1000) return `${Math.round(millis)} ms`;
  const seconds = millis / 1000;
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  const whole = Math.floor(seconds);
  const two = (value, unit) => `${String(value).padStart(2, '0')} ${unit}`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60, 's')}`;
  if (whole < 86400) return `${Math.floor(whole / 3600)} h ${two(Math.floor((whole % 3600) / 60), 'min')}`;
  return `${Math.floor(whole / 86400)} d ${Math.floor((whole % 86400) / 3600)} h`;
}

/** A setting: no more digits than it has. */
export function span(millis) {
  if (millis < 1000 || millis % 1000 !== 0) return `${grouped.format(millis)} ms`;
  const seconds = millis / 1000;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds % 60 === 0) return `${seconds / 60} min`;
  return `${grouped.format(seconds)} s`;
}

/** How long ago, roughly: it is looked at again and again. */
export function age(millis) {
  if (millis == null) return NONE;
  const seconds = Math.max(0, Math.round(millis / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min ago`;
  return `${Math.floor(seconds / 86400)} d ago`;
}

export function size(bytes) {
  if (bytes == null || bytes < 0 || Number.isNaN(bytes)) return NONE;
  if (bytes < 1024) return `${Math.round(bytes)} B`;
  const units = ['KB', 'MB', 'GB', 'TB', 'PB'];
  let value = bytes;
  let unit = -1;
  do {
    value /= 1024;
    unit++;
  } while (value >= 1023.95 && unit < units.length - 1);
  return `${value.toFixed(value < 10 ? 2 : 1)} ${units[unit]}`;
}

const pad = (value) => String(value).padStart(2, '0');
const date = (moment) => `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;

/** 2026-11-22 11:37:19 in the reader's time zone. */
export function time(millis) {
  if (millis == null || millis < 0) return NONE;
  const moment = new Date(millis);
  return `${date(moment)} ${clock(millis)}`;
}

export function clock(millis) {
  const moment = new Date(millis);
  return `${pad(moment.getHours())}:${pad(moment.getMinutes())}:${pad(moment.getSeconds())}`;
}

export const percent = (share) => (share == null || Number.isNaN(share) ? NONE : `${Math.round(share * 100)} %`);
