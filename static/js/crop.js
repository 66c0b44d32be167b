// <form data-crop> with sliders named across, down and zoom, and a picture in [data-crop-stage]: draws the square on the picture and
// lets one drag it. The sliders say what is sent; without this file they are all there is.
const clamp = (value, most) => Math.min(Math.max(value, 0), most);

function squareOf(form) {
  const stage = form.querySelector("[data-crop-stage]");
  const picture = stage?.querySelector("img");
  if (!picture) return null;
  const { across, down, zoom } = form.elements;
  const side = (Math.min(picture.clientWidth, picture.clientHeight) * 100) / Number(zoom.value);
  return { stage, across, down, side, freeX: picture.clientWidth - side, freeY: picture.clientHeight - side };
}

function draw(form) {
  const square = squareOf(form);
  if (!square) return;
  let frame = square.stage.querySelector(".crop__frame");
  if (!frame) {
    frame = document.createElement("span");
    frame.className = "crop__frame";
    square.stage.append(frame);
  }
  frame.style.inlineSize = frame.style.blockSize = `${square.side}px`;
  frame.style.translate = `${(square.freeX * square.across.value) / 100}px ${(square.freeY * square.down.value) / 100}px`;
}

function put(form, event) {
  const square = squareOf(form);
  const box = square.stage.getBoundingClientRect();
  const set = (slider, at, free) => free > 0 && (slider.value = Math.round((clamp(at - square.side / 2, free) * 100) / free));
  set(square.across, event.clientX - box.left, square.freeX);
  set(square.down, event.clientY - box.top, square.freeY);
  draw(form);
}

const formOf = (event) => event.target.closest?.("[data-crop]");
const onStage = (event) => event.target.closest?.("[data-crop-stage]");

document.addEventListener("input", (event) => formOf(event) && draw(formOf(event)));
document.addEventListener("pointerdown", (event) => {
  if (!onStage(event)) return;
  event.preventDefault();
  onStage(event).setPointerCapture(event.pointerId);
  put(formOf(event), event);
});
document.addEventListener("pointermove", (event) => {
  if (event.buttons && onStage(event)?.hasPointerCapture(event.pointerId)) put(formOf(event), event);
});

const drawAll = () => document.querySelectorAll("[data-crop]").forEach(draw);
window.addEventListener("resize", drawAll);
window.addEventListener("load", drawAll);
