namespace Galley.Delivery.Articles;

/// <summary>Some rows of a list, in the direction in which it was walked.</summary>
/// <param name="Rows">What a page shows.</param>
/// <param name="Onward">Where to go on; null at the end.</param>
/// <param name="Ahead">The position of the first row behind them, where it was looked at: nothing beyond it changes these.</param>
internal readonly record struct Portion<T>(IReadOnlyList<T> Rows, long? Onward, long? Ahead);
