mod evaluation;
mod functions;
