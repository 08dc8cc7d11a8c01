// Draws each canvas that carries a chart, in the colours that the page's style has at the moment.
'use strict';
(() => {
  const dashes = [[], [6, 4], [2, 3], [8, 3, 2, 3]];
  const points = ['rect', 'rectRot', 'triangle', 'star'];

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function dataset(series, index) {
    const stroke = colour(`--series-${index % 4 + 1}`);
    const values = series.values.map(value => value ?? null);
    if (series.kind === 'BAR') {
      return {type: 'bar', label: series.name, data: values, backgroundColor: stroke, pointStyle: 'rect', categoryPercentage: .9,
        barPercentage: .95, maxBarThickness: 56, order: 2};
    }
    const reference = series.kind === 'REFERENCE';
    return {type: 'line', label: series.name, data: values, borderColor: stroke, backgroundColor: stroke,
      borderWidth: 2, borderDash: dashes[index % 4], pointStyle: points[index % 4], showLine: !reference,
      pointRadius: reference ? 5 : values.length > 40 ? 0 : 3, pointHitRadius: 8, tension: 0, order: 1};
  }

  function options(chart) {
    const text = colour('--quiet');
    const rule = colour('--rule');
    const number = new Intl.NumberFormat('en', {maximumSignificantDigits: 4});
    const write = value => chart.percent ? `${number.format(100 * value)} %` : number.format(value);
    const brief = new Intl.NumberFormat('en', {notation: 'compact', maximumSignificantDigits: 3});
    const tick = value => Math.abs(value) >= 1e5 ? brief.format(value) : write(value);
    const along = {title: {display: chart.xTitle !== '', text: chart.xTitle, color: text},
      ticks: {color: text, maxRotation: 45, autoSkipPadding: 12}, grid: {display: false}, border: {color: rule}};
    const up = {title: {display: chart.yTitle !== '', text: chart.yTitle, color: text}, min: chart.yMin, max: chart.yMax,
      ticks: {color: text, callback: tick, maxTicksLimit: 7}, grid: {color: rule}, border: {display: false}};
    return {animation: false, responsive: true, maintainAspectRatio: false, indexAxis: chart.horizontal ? 'y' : 'x',
      interaction: {mode: 'index', intersect: false, axis: chart.horizontal ? 'y' : 'x'},
      scales: chart.horizontal ? {x: up, y: along} : {x: along, y: up},
      plugins: {
        legend: {display: chart.series.length > 1, position: 'bottom',
          labels: {color: text, usePointStyle: true, padding: 16}},
        tooltip: {usePointStyle: true, callbacks: {
          label: item => `${item.dataset.label}: ${write(chart.horizontal ? item.parsed.x : item.parsed.y)}`}}}};
  }

  // Points in a plane, which has no scale that means anything.
  function scatter(canvas) {
    const plot = JSON.parse(canvas.dataset.scatter);
    const text = colour('--quiet');
    const axis = title => ({title: {display: true, text: title, color: text}, ticks: {display: false},
      grid: {color: colour('--rule')}, border: {display: false}});
    const datasets = plot.series.map((series, index) => {
      const fill = colour(`--series-${index % 4 + 1}`);
      return {label: series.name, data: series.points, backgroundColor: fill, borderColor: fill,
        pointStyle: ['circle', 'rect', 'triangle', 'rectRot'][index % 4], pointRadius: 3.5, pointHoverRadius: 7};
    });
    return new Chart(canvas, {type: 'scatter', data: {datasets}, options: {
      animation: false, responsive: true, maintainAspectRatio: false,
      scales: {x: axis(plot.xTitle), y: axis(plot.yTitle)},
      plugins: {
        legend: {position: 'bottom', labels: {color: text, usePointStyle: true, padding: 16}},
        tooltip: {usePointStyle: true, callbacks: {label: item => `${item.dataset.label}: ${item.raw.name}`}}}}});
  }

  let drawn = [];
  function draw() {
    drawn.forEach(chart => chart.destroy());
    drawn = [...document.querySelectorAll('canvas[data-chart]')].map(canvas => {
      const chart = JSON.parse(canvas.dataset.chart);
      return new Chart(canvas, {data: {labels: chart.x, datasets: chart.series.map(dataset)}, options: options(chart)});
    });
    drawn.push(...[...document.querySelectorAll('canvas[data-scatter]')].map(scatter));
  }

  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  draw();
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
})();
