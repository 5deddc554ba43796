// Third-party scripts are fetched where a page first needs them; without them the page works by its plain forms.

const asked = new Map();

/** Load `static/vendor/NAME` once. Gives whether it is there. */
export function vendor(name) {
  if (!("vendor" in document.body.dataset)) return Promise.resolve(false);
  if (!asked.has(name)) {
    asked.set(name, new Promise((done) => {
      const script = document.createElement("script");
      script.src = `${document.body.dataset.static}/vendor/${name}`;
      script.onload = () => done(true);
      script.onerror = () => done(false);
      document.head.append(script);
    }));
  }
  return asked.get(name);
}
