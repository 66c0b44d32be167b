// Passkeys: <form data-passkey="login|use|add"> with a hidden field "credential". A form that is hidden until here needs a browser that knows them.
// "login" asks the form's address for its challenge; the others find it in #passkey-options.
(function () {
  const codec = window.webauthnJSON;

  async function options(form) {
    if (form.dataset.passkey === "login") {
      const response = await fetch(form.action, { headers: { Accept: "application/json" } });
      if (!response.ok) throw new Error("no challenge");
      return (await response.json()).request_options;
    }
    const data = JSON.parse(document.getElementById("passkey-options").textContent);
    return data.creation_options || data.request_options;
  }

  async function credential(form) {
    const asked = await options(form);
    if (form.dataset.passkey !== "add") return codec.get(asked);
    const wanted = form.elements.passwordless && form.elements.passwordless.checked;
    const selection = asked.publicKey.authenticatorSelection;
    selection.residentKey = wanted ? "required" : "discouraged";
    selection.requireResidentKey = Boolean(wanted);
    if (wanted) selection.userVerification = "required";
    return codec.create(asked);
  }

  function say(form, text) {
    const place = form.querySelector("[data-passkey-error]");
    place.textContent = text;
    place.hidden = !text;
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-passkey]");
    if (!form) return;
    event.preventDefault();
    say(form, "");
    try {
      form.elements.credential.value = JSON.stringify(await credential(form));
    } catch {
      say(form, form.dataset.passkeyFailed);
      return;
    }
    form.submit();
  });

  if (codec && window.PublicKeyCredential) {
    for (const form of document.querySelectorAll("form[data-passkey][hidden]")) form.hidden = false;
  }
})();
