using System.Text.Json;

namespace Galley.Delivery.Articles;

/// <summary>Id and path of an article, read from its stored card.</summary>
internal readonly record struct CardAddress(string Id, string Path)
{
    public static CardAddress Read(ReadOnlySpan<byte> card)
    {
        var reader = new Utf8JsonReader(card);
        var id = string.Empty;
        // Both are among the first members; the names inside others are deeper.
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth > 1)
                continue;

            var (isId, isPath) = (reader.ValueTextEquals("id"u8), reader.ValueTextEquals("path"u8));
            reader.Read();
            if (isPath)
                return new CardAddress(id, reader.GetString()!);
            if (isId)
                id = reader.GetString()!;
        }

        throw new JsonException("The stored card has no path.");
    }
}
