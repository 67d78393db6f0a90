//! The models of `benchmark.openapi.yaml`, derived with serde. Dates and UUIDs stay text
//! here, which is less work than Apus has with them.
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

#[derive(Serialize, Deserialize)]
pub struct Country {
    pub name: CountryName,
    pub alpha2: String,
    pub alpha3: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capital: Option<String>,
    pub region: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subregion: Option<String>,
    pub area: f64,
    pub population: i64,
    pub latlng: Vec<f64>,
    pub borders: Vec<String>,
    pub currencies: HashMap<String, Currency>,
    pub languages: HashMap<String, String>,
    pub landlocked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct CountryName {
    pub common: String,
    pub official: String,
    pub native: HashMap<String, String>,
}

#[derive(Serialize, Deserialize)]
pub struct Currency {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Person {
    pub id: i64,
    pub login: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Label {
    pub name: String,
    pub color: String,
}

#[derive(Serialize, Deserialize)]
pub struct Change {
    pub at: String,
    pub by: i64,
    pub field: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Record {
    pub id: i64,
    pub uuid: String,
    pub name: String,
    pub slug: String,
    pub title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    pub status: Status,
    pub priority: i32,
    pub score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio: Option<f64>,
    pub is_active: bool,
    pub is_archived: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_public: Option<bool>,
    pub created_at: String,
    pub updated_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deleted_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<String>,
    pub owner: Person,
    pub reviewers: Vec<Person>,
    pub tags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub labels: Option<Vec<Label>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<i64>,
    pub position: i32,
    pub revision: i64,
    pub url: String,
    pub html_url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    pub language: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub latitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longitude: Option<f64>,
    pub width: i32,
    pub height: i32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub depth: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<f64>,
    pub price: f64,
    pub currency: String,
    pub quantity: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discount: Option<f64>,
    pub history: Vec<Change>,
    pub measurements: Vec<f64>,
    pub attributes: HashMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    pub checksum: String,
    pub version: String,
}

#[derive(Serialize, Deserialize)]
pub struct Message {
    pub author: String,
    pub subject: String,
    pub text: String,
    pub lines: Vec<String>,
}

#[derive(Serialize, Deserialize)]
pub struct Series {
    pub name: String,
    pub times: Vec<i64>,
    pub values: Vec<f64>,
    pub matrix: Vec<Vec<f64>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Open,
    InProgress,
    Blocked,
    Done,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Expression {
    Literal { value: f64 },
    Variable { name: String },
    Binary { operator: String, left: Box<Expression>, right: Box<Expression> },
    Call { function: String, arguments: Vec<Expression> },
}
