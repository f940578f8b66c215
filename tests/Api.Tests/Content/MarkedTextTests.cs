using System.Globalization;
using System.Text;
using Galley.Content;
using Galley.Content.Body;

namespace Galley.Tests.Content;

/// <summary>How marks move when their text is normalised.</summary>
public sealed class MarkedTextTests
{
    [Theory]
    [InlineData("cafe\u0301 noir", 6, 10, "café noir", 5, 9)]
    [InlineData("cafe\u0301 noir", 0, 5, "café noir", 0, 4)]
    [InlineData("a\r\nb", 3, 4, "a\nb", 2, 3)]
    [InlineData("a\r\nb", 0, 3, "a\nb", 0, 2)]
    [InlineData("a\rb", 2, 3, "a\nb", 2, 3)]
    [InlineData("😀 \r\n😀", 5, 7, "😀 \n😀", 4, 6)]
    [InlineData("\u1100\u1161\u11A8 끝", 4, 5, "각 끝", 2, 3)]
    [InlineData("\uFB2A a", 2, 3, "\u05E9\u05C1 a", 3, 4)]
    [InlineData("plain", 1, 3, "plain", 1, 3)]
    public void A_mark_stays_on_its_words(string sent, int start, int end, string stored, int newStart, int newEnd)
    {
        var (text, marks) = MarkedText.Normalize(sent, [Strong(start, end)]);

        Assert.Equal(stored, text);
        Assert.Equal([(newStart, newEnd)], marks!.Select(mark => (mark.Start, mark.End)));
    }

    [Fact]
    public void A_mark_that_ends_inside_a_letter_takes_in_the_whole_letter()
    {
        var (_, marks) = MarkedText.Normalize("cafe\u0301", [Strong(0, 4)]);

        Assert.Equal((0, 4), (marks![0].Start, marks[0].End));
    }

    [Fact]
    public void Two_marks_of_one_type_that_come_to_share_a_letter_do_not_overlap()
    {
        var (_, marks) = MarkedText.Normalize("e\u0301x", [Strong(0, 1), Strong(1, 3)]);

        Assert.All(marks!.Zip(marks!.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        Assert.Equal((0, 2), (marks![0].Start, marks[^1].End));
    }

    [Fact]
    public void Marks_come_sorted_by_start_then_longest_first()
    {
        var (_, marks) = MarkedText.Normalize("abcdef", [Mark("code", 3, 4), Mark("emphasis", 0, 2), Mark("strong", 0, 5)]);

        Assert.Equal(["strong", "emphasis", "code"], marks!.Select(mark => mark.Type));
    }

    [Fact]
    public void No_marks_are_absent_rather_than_empty() => Assert.Null(MarkedText.Normalize("text", []).Marks);

    [Fact]
    public void Any_mark_on_whole_letters_covers_the_same_letters_afterwards()
    {
        string[] letters = ["a", "e\u0301", "o\u0302\u0323", "\u1112\u1161\u11AB", "\uAC00\u11A8", "😀", "\r\n", "\r", "\u0915\u093C", "\u05E9\u05B8\u05C1", "\u00E9", "\u2126", " "];
        var dice = new Random(20260115);
        for (var round = 0; round < 2_000; round++)
        {
            var text = Enumerable.Range(0, dice.Next(1, 20)).Select(_ => letters[dice.Next(letters.Length)]).ToList();
            // A lone CR before an LF would be one line end.
            if (text.Zip(text.Skip(1)).Any(pair => pair.First == "\r" && pair.Second.StartsWith('\n')))
                continue;

            var from = dice.Next(text.Count);
            var to = dice.Next(from, text.Count) + 1;
            var (sent, covered) = (string.Concat(text), string.Concat(text[from..to]));

            var (stored, marks) = MarkedText.Normalize(sent, [Strong(string.Concat(text[..from]).Length, string.Concat(text[..to]).Length)]);

            Assert.Equal(PlainText.Normalize(covered), stored[marks![0].Start..marks[0].End]);
            Assert.True(stored.IsNormalized(NormalizationForm.FormC), string.Create(CultureInfo.InvariantCulture, $"round {round}"));
        }
    }

    private static Mark Strong(int start, int end) => Mark("strong", start, end);

    private static Mark Mark(string type, int start, int end) => new() { Type = type, Start = start, End = end };
}
