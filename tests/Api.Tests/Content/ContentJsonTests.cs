using System.Text;
using System.Text.Json;
using Galley.Content;

namespace Galley.Tests.Content;

public sealed class ContentJsonTests
{
    // What is escaped, what frameworks escape, right to left, pictographs and what joins them, the ends of planes.
    private static readonly string[] Parts = ["\"", "\\", "\n", "\r\n", "\t", "\b", "\f", "\0", "\u0001", "\u001F", "\u007F", "\u0085", " ", "\u00A0", "\u202F", "\u2028", "\u2029", "<", "&", "'", "+", "é", "œ", "אב", "العربية", "中文", "🗞️", "👩‍💻", "\uFEFF", "\uFFFE", "\uFFFF", "\U0010FFFF", "word "];

    [Fact]
    public void Any_text_is_read_as_it_was_written()
    {
        var random = new Random(17);
        for (var i = 0; i < 2_000; i++)
        {
            // Of long ones the room they need is counted.
            var text = string.Concat(Enumerable.Range(0, random.Next(i % 50 == 0 ? 10_000 : 40)).Select(_ => Parts[random.Next(Parts.Length)]));

            var json = ContentJson.Write(new[] { text });

            using var read = JsonDocument.Parse(json);
            Assert.Equal(text, read.RootElement[0].GetString());
            Assert.Equal(text, ContentJson.Read<string[]>(json)[0]);
        }
    }

    [Fact]
    public void Letters_and_spaces_and_pictographs_stand_as_themselves() =>
        Assert.Equal("\"« L’Iran\u00A0: “\u202F?\u202F” » 🗞️ <b>\\\"\\n\\u0001\"", Encoding.UTF8.GetString(ContentJson.Write("« L’Iran\u00A0: “\u202F?\u202F” » 🗞️ <b>\"\n\u0001")));

    [Fact]
    public void Half_a_letter_becomes_a_replacement_character() => Assert.Equal("\"a\uFFFDb\"", Encoding.UTF8.GetString(ContentJson.Write("a\uD83Db")));
}
