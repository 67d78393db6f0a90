//! Decoding and encoding with serde_json, typed: `serde-benchmark RUNS TEXT FILE`.
//! TEXT is what the file holds. Prints a line of JSON for each direction.
mod models;

use serde::{de::DeserializeOwned, Serialize};
use std::hint::black_box;
use std::time::Instant;

/// The median of so many runs, each as many rounds as take some milliseconds.
fn median(runs: usize, rounds: usize, mut work: impl FnMut()) -> f64 {
    work();
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            for _ in 0..rounds {
                work();
            }
            start.elapsed().as_secs_f64() / rounds as f64
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn measure<T: DeserializeOwned + Serialize>(runs: usize, text: &[u8]) {
    let rounds = 4_000_000 / text.len() + 1;
    let values: Vec<T> = serde_json::from_slice(text).expect("the text is of this type");
    let decode = median(runs, rounds, || {
        black_box(serde_json::from_slice::<Vec<T>>(black_box(text)).unwrap());
    });
    let encode = median(runs, rounds, || {
        black_box(serde_json::to_vec(black_box(&values)).unwrap());
    });
    for (direction, seconds) in [("decode", decode), ("encode", encode)] {
        println!("{{\"direction\":\"{direction}\",\"megabytesPerSecond\":{}}}", text.len() as f64 / seconds / 1e6);
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let runs = arguments[1].parse().expect("a number of runs");
    let text = std::fs::read(&arguments[3]).expect("a file");
    match arguments[2].as_str() {
        "countries" => measure::<models::Country>(runs, &text),
        "records" => measure::<models::Record>(runs, &text),
        "unions" => measure::<models::Expression>(runs, &text),
        "text" => measure::<models::Message>(runs, &text),
        "numbers" => measure::<models::Series>(runs, &text),
        name => panic!("no text is called {name}"),
    }
}
